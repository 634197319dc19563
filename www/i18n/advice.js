/** Lời khuyên khi chưa có kết quả, cả hai thứ tiếng: tải khi cần đến. */
const vi = {
  title: 'Cách tìm',
  examples: [
    ['Gõ có dấu hay không dấu đều tìm được:', 'hoc tap'],
    ['Đặt trong ngoặc kép để tìm nguyên cụm từ:', '"cải cách hành chính"'],
    ['Gõ số hiệu để tìm bài có nhắc đến văn bản:', '01-KL/TW'],
  ],
  browse: (/** @type {string} */ n) => `Xem tất cả ${n} bài viết`,
  spelling: 'Kiểm tra lại chính tả, hoặc gõ không dấu.',
  fewer: 'Gõ ít từ hơn, hoặc bỏ ngoặc kép.',
  filters: 'Bỏ bớt bộ lọc và khoảng ngày.',
};

/** @type {typeof vi} */
const en = {
  title: 'How to search',
  examples: [
    ['Vietnamese marks are optional:', 'hoc tap'],
    ['Quotation marks find a whole phrase:', '"cải cách hành chính"'],
    ['A document’s number finds the articles that cite it:', '01-KL/TW'],
  ],
  browse: (n) => `Browse all ${n} articles`,
  spelling: 'Check the spelling, or leave out the marks.',
  fewer: 'Use fewer words, or no quotation marks.',
  filters: 'Remove some filters and dates.',
};

export const ADVICE = { vi, en };
