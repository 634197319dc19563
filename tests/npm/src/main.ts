/** What a page does with the package: the elements, their events, and a list of its own. All of it is type-checked. */
import { TimdocSearch, open } from 'timdoc';
import type { Facts, Hit, Library } from 'timdoc';
import { TimdocError } from 'timdoc/library';
import 'timdoc/reader';
import 'timdoc/search';

const search = document.querySelector('timdoc-search');
if (!(search instanceof TimdocSearch)) throw new Error('the element is not defined');
search.addEventListener('timdoc-results', ({ detail }) => {
  document.body.dataset.total = String(detail.total satisfies number);
});
document.addEventListener('timdoc-article', ({ detail }) => {
  const facts: Facts = detail.article.facts;
  document.body.dataset.documents = String(facts.documents.length);
});

async function newest(library: Library): Promise<void> {
  const { hits } = await library.search('', { sort: 'newest', limit: 3 });
  const item = (hit: Hit): HTMLLIElement => {
    const element = document.createElement('li');
    element.textContent = hit.title;
    return element;
  };
  document.querySelector('#newest')?.replaceChildren(...hits.map(item));
  const { awards } = await library.stated('khen');
  document.body.dataset.awards = String(awards.totals.commendations satisfies number);
  // @ts-expect-error: options are checked
  await library.search('', { sort: 'upwards' }).catch((error: unknown) => {
    document.body.dataset.code = error instanceof TimdocError ? error.code : 'not a TimdocError';
  });
}

// In its own time, so that the test sees what loads by itself.
document.querySelector('h1')?.addEventListener('click', () => void open('/bundle/').then(newest));
