/** The few words the search box needs before anything else has loaded, and the way to the others. */

/** @typedef {typeof import('./vi.js').messages & { lang: 'vi' | 'en', number: (n: number) => string, size: (bytes: number) => string }} Words */

const VI = {
  label: 'Tìm bài viết',
  placeholder: 'Gõ có dấu hoặc không dấu…',
  submit: 'Tìm',
  clear: 'Xóa ô tìm kiếm',
  close: 'Đóng',
  failed: 'Chưa mở được phần tìm kiếm. Hãy kiểm tra kết nối mạng rồi thử lại.',
  readerFailed: 'Chưa mở được bài viết. Hãy kiểm tra kết nối mạng rồi thử lại.',
  retry: 'Thử lại',
  reload: 'Tải lại trang',
};

/** @type {typeof VI} */
const EN = {
  label: 'Search articles',
  placeholder: 'Type with or without marks…',
  submit: 'Search',
  clear: 'Clear the search box',
  close: 'Close',
  failed: 'Search could not be loaded. Check your connection and try again.',
  readerFailed: 'The article could not be loaded. Check your connection and try again.',
  retry: 'Try again',
  reload: 'Reload the page',
};

/**
 * The interface language of an element: its own `lang`, else the nearest ancestor's.
 *
 * @param {Element} element
 * @returns {'vi' | 'en'}
 */
export function languageOf(element) {
  const lang = element.closest('[lang]')?.getAttribute('lang') ?? '';
  return /^en\b/i.test(lang) ? 'en' : 'vi';
}

/** @param {Element} element */
export const boxText = (element) => (languageOf(element) === 'en' ? EN : VI);

/**
 * Loads the words of the search for an element; only its language is fetched.
 *
 * @param {Element} element
 * @returns {Promise<Words>}
 */
export async function wordsFor(element) {
  const lang = languageOf(element);
  return worded(lang, (await (lang === 'en' ? import('./en.js') : import('./vi.js'))).messages);
}

/**
 * Words with the numbers of their language.
 *
 * @template T
 * @param {'vi' | 'en'} lang
 * @param {T} messages
 */
export function worded(lang, messages) {
  const number = new Intl.NumberFormat(lang);
  const decimal = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  return {
    ...messages,
    lang,
    number: (/** @type {number} */ n) => number.format(n),
    size: (/** @type {number} */ bytes) => (bytes < 1e6 ? `${number.format(Math.ceil(bytes / 1e3))} KB` : bytes < 1e9 ? `${decimal.format(bytes / 1e6)} MB` : `${decimal.format(bytes / 1e9)} GB`),
  };
}
