/** Icons that only reading needs: no search box loads them. */
import { icon } from './dom.js';

const SHAPES = {
  back: 'M19 12H5M11 6l-6 6 6 6',
  next: 'M5 12h14M13 6l6 6-6 6',
  print: 'M7 8V3h10v5M7 17H4v-9h16v9h-3M7 14h10v7H7z',
  out: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  file: 'M14 3H6v18h12V7zM14 3v4h4',
  keep: 'M6 3.5h12V21l-6-4.5L6 21z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  voice: 'M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.2a8.2 8.2 0 0 1 0 11.6',
  share: 'M12 15V3.5M7.5 8L12 3.5 16.5 8M5 12v8h14v-8',
  link: 'M10 14a4 4 0 0 0 5.7 0l3.2-3.200a4 4 0 0 0-5.7-5.700L12 6.300M14 10a4 4 0 0 0-5.7 0l-3.2 3.200a4 4 0 0 0 5.7 5.700L12 17.7',
  quote: 'M10 7H5v6h4c0 2.5-1 3.5-3 4M19 7h-5v6h4c0 2.5-1 3.5-3 4',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  play: 'M7 4.500v15l12-7.500z',
  pause: 'M8 5v14M16 5v14',
  stop: 'M6 6h12v12H6z',
  before: 'M18 5l-9 7 9 7zM6 5v14',
  after: 'M6 5l9 7-9 7zM18 5v14',
};

/** @param {keyof typeof SHAPES} name */
export function readerIcon(name) {
  const svg = icon('search');
  svg.firstElementChild?.setAttribute('d', SHAPES[name]);
  return svg;
}
