/** Words of the packed page, and what errors mean where nothing comes from a server. */

const damaged = /** @type {[string, string]} */ (['Tệp này đã bị hỏng', 'Một phần của tệp không còn nguyên vẹn nên không được dùng. Hãy chép lại tệp từ nơi đã lấy.']);
const spoilt = /** @type {[string, string]} */ (['This file is damaged', 'A part of the file is not what was written, so it is not used. Copy the file again from where you got it.']);

const vi = {
  articles: (/** @type {string} */ n, /** @type {number} */ _count) => `${n} bài viết`,
  dates: (/** @type {string} */ from, /** @type {string} */ to) => (from === to ? `đăng ngày ${to}` : `đăng từ ${from} đến ${to}`),
  recent: 'Bài mới nhất',
  first: 'Các bài viết',
  all: (/** @type {string} */ n) => `Xem tất cả ${n} bài viết`,
  none: 'Thư viện này chưa có bài viết.',
  foot: 'Tất cả nằm trong tệp này: tìm và đọc không cần mạng.',
  newest: (/** @type {string} */ day) => `Bài mới nhất ngày ${day}.`,
  skip: 'Đến ô tìm kiếm',
  errors: /** @type {Record<string, [title: string, advice: string]>} */ ({ missing: damaged, damaged, version: damaged }),
};

/** @type {typeof vi} */
const en = {
  articles: (n, count) => `${n} ${count === 1 ? 'article' : 'articles'}`,
  dates: (from, to) => (from === to ? `published on ${to}` : `published from ${from} to ${to}`),
  recent: 'Newest articles',
  first: 'Articles',
  all: (n) => `See all ${n} articles`,
  none: 'This library has no articles yet.',
  foot: 'Everything is in this file: it searches and reads without a network.',
  newest: (day) => `Newest article: ${day}.`,
  skip: 'To the search box',
  errors: { missing: spoilt, damaged: spoilt, version: spoilt },
};

/** @param {'vi' | 'en'} lang */
export const packWords = (lang) => (lang === 'en' ? en : vi);
