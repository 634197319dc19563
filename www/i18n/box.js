/** The few words the search box needs before anything else has loaded. */

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
