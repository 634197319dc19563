/** A button on every sample that copies it. Without scripts the pages are whole; a sample is then selected by hand. */
const vi = document.documentElement.lang === 'vi';
const WORDS = vi ? { copy: 'Chép', copied: 'Đã chép', failed: 'Hãy chọn và chép bằng tay' } : { copy: 'Copy', copied: 'Copied', failed: 'Select and copy by hand' };
const SHOWN = 2000; // milliseconds

for (const pre of document.querySelectorAll('pre')) {
  const frame = document.createElement('div');
  frame.className = 'sample';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = WORDS.copy;
  const said = document.createElement('span');
  said.className = 'said';
  said.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(`${pre.textContent}\n`);
      button.textContent = WORDS.copied;
    } catch {
      getSelection()?.selectAllChildren(pre);
      button.textContent = WORDS.failed;
    }
    said.textContent = button.textContent;
    setTimeout(() => {
      button.textContent = WORDS.copy;
      said.textContent = '';
    }, SHOWN);
  });
  pre.before(frame);
  frame.append(pre, button, said);
}
