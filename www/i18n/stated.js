/** Words of the tables of facts, apart from the others as few readers open them. */

const vi = {
  statedTitle: 'Các bài viết nêu những gì',
  statedFrom: (/** @type {string} */ n, /** @type {number} */ _count, /** @type {string} */ q) => `Từ ${n} bài viết có nêu khen thưởng, văn bản hoặc mô hình${q ? `, tìm với “${q}”` : ''}.`,
  statedFirst: (/** @type {string} */ n) => `Chỉ tính ${n} bài mới nhất; hãy thu hẹp tìm kiếm để tính đủ.`,
  statedNone: 'Không bài viết nào trong kết quả nêu khen thưởng, văn bản hay mô hình.',
  reading: 'Đang đọc các bài viết…',
  close: 'Đóng',
  columns: {
    day: 'Ngày đăng', collectives: 'Tập thể', individuals: 'Cá nhân', together: 'Chưa tách', form: 'Hình thức', giver: 'Nơi khen', place: 'Địa bàn',
    number: 'Số hiệu', title: 'Về việc', issued: 'Ngày ban hành', issuer: 'Nơi ban hành', name: 'Tên', kind: 'Loại', count: 'Số bài', articles: 'Bài viết',
  },
  totalAwards: (/** @type {string} */ n, /** @type {number} */ _count) => `Tổng: ${n} lần khen`,
  totalDocuments: (/** @type {string} */ n, /** @type {string} */ citations) => `Tổng: ${n} văn bản, ${citations} lượt bài nhắc đến`,
  totalModels: (/** @type {string} */ n) => `Tổng: ${n} mô hình, phong trào`,
  others: (/** @type {string} */ n) => `và ${n} bài khác`,
  saveTable: 'Tải bảng (CSV cho Excel)',
  countedOnce: 'Việc được nhiều bài nêu chỉ tính một lần.',
};

/** @type {typeof vi} */
const en = {
  statedTitle: 'What the articles state',
  statedFrom: (/** @type {string} */ n, /** @type {number} */ count, /** @type {string} */ q) => `From ${`${n} ${count === 1 ? 'article' : 'articles'}`} that report commendations, documents or models${q ? `, found for “${q}”` : ''}.`,
  statedFirst: (/** @type {string} */ n) => `Only the newest ${n} are counted; narrow the search to count all.`,
  statedNone: 'No article found reports commendations, documents or models.',
  reading: 'Reading the articles…',
  close: 'Close',
  columns: {
    day: 'Published', collectives: 'Collectives', individuals: 'Individuals', together: 'Not split', form: 'Form', giver: 'Given by', place: 'Place',
    number: 'Number', title: 'About', issued: 'Issued', issuer: 'Issued by', name: 'Name', kind: 'Kind', count: 'Articles', articles: 'Article',
  },
  totalAwards: (/** @type {string} */ n, /** @type {number} */ count) => `Total: ${n} ${count === 1 ? 'commendation' : 'commendations'}`,
  totalDocuments: (/** @type {string} */ n, /** @type {string} */ citations) => `Total: ${n} documents, cited ${citations} times`,
  totalModels: (/** @type {string} */ n) => `Total: ${n} models and movements`,
  others: (/** @type {string} */ n) => `and ${n} more`,
  saveTable: 'Save the table (CSV for Excel)',
  countedOnce: 'What several articles report counts once.',
};

export const statedWords = { vi, en };
