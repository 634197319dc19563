/**
 * A file of the library.
 *
 * @param {string} data address of its folder
 * @param {string} file
 */
export async function load(data, file) {
  const response = await fetch(data + file);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.text();
}
