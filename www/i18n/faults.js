/**
 * What the rarer errors mean and what to do, by code. Those of the network are in vi.js and en.js, as nothing more may be
 * loaded when they are said.
 */

/** @type {Record<'vi' | 'en', Record<string, [title: string, advice: string]>>} */
export const FAULTS = {
  vi: {
    missing: ['Thiếu một tệp của thư viện', 'Máy chủ không có tệp cần thiết. Hãy tải lại trang; nếu vẫn lỗi, xin báo cho quản trị trang.'],
    damaged: ['Dữ liệu bị hỏng', 'Một tệp tải về không còn nguyên vẹn nên không được dùng. Hãy thử lại; nếu vẫn lỗi, xin báo cho quản trị trang.'],
    version: ['Cần tải lại trang', 'Trang hoặc thư viện đã có phiên bản mới. Hãy tải lại trang để đọc tiếp.'],
    csp: ['Trang này đang chặn bộ tìm kiếm', 'Quản trị trang cần thêm \'wasm-unsafe-eval\' vào mục script-src của Content-Security-Policy.'],
    unsupported: ['Trình duyệt quá cũ', 'Hãy cập nhật trình duyệt, hoặc mở trang bằng một trình duyệt mới hơn.'],
    query_too_long: ['Câu tìm quá dài', 'Hãy gõ ngắn lại, chỉ giữ những từ quan trọng.'],
    bad_request: ['Không hiểu yêu cầu này', 'Địa chỉ của trang có thể đã bị sửa. Hãy bỏ mọi bộ lọc rồi tìm lại.'],
    not_found: ['Không tìm thấy bài viết', 'Bài viết có thể đã được gỡ hoặc đổi địa chỉ. Hãy thử tìm theo tiêu đề.'],
    signature: ['Không xác nhận được nguồn của dữ liệu', 'Dữ liệu không có chữ ký của chủ thư viện nên không được mở. Hãy thử lại sau; nếu vẫn lỗi, xin báo cho quản trị trang.'],
    outdated: ['Máy chủ đưa dữ liệu cũ', 'Bản này cũ hơn bản mà máy này đã đọc nên không được mở. Hãy thử lại sau; nếu vẫn lỗi, xin báo cho quản trị trang.'],
    unchecked: ['Trình duyệt này không kiểm tra được chữ ký', 'Hãy mở trang bằng địa chỉ https, trên trình duyệt mới hơn (từ Chrome 137, Firefox 129 hoặc Safari 17).'],
    no_articles: ['Thư viện chưa có bài viết', 'Xin báo cho quản trị trang.'],
  },
  en: {
    missing: ['A file of the library is missing', 'The server does not have a file that is needed. Reload the page; if that does not help, please tell the webmaster.'],
    damaged: ['The data is damaged', 'A file arrived changed and was not used. Try again; if that does not help, please tell the webmaster.'],
    version: ['Please reload the page', 'There is a new version of the page or of the library. Reload the page to go on.'],
    csp: ['This page blocks the search', 'The webmaster needs to add \'wasm-unsafe-eval\' to script-src in the Content-Security-Policy.'],
    unsupported: ['This browser is too old', 'Update it, or open the page in a newer one.'],
    query_too_long: ['The query is too long', 'Keep only the words that matter.'],
    bad_request: ['This request makes no sense', 'The page’s address may have been changed. Remove all filters and search again.'],
    not_found: ['Article not found', 'It may have been withdrawn or moved. Try searching for its title.'],
    signature: ['The origin of the data could not be confirmed', 'It does not carry its owner’s signature, so it was not opened. Try again later; if that does not help, please tell the webmaster.'],
    outdated: ['The server gives old data', 'This version is older than the one this device has read, so it was not opened. Try again later; if that does not help, please tell the webmaster.'],
    unchecked: ['This browser cannot check the signature', 'Open the page at its https address, in a newer browser (Chrome 137, Firefox 129, Safari 17 or later).'],
    no_articles: ['The library has no articles', 'Please tell the webmaster.'],
  },
};
