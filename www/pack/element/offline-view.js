/** Stands in for www/element/offline-view.js in a packed page: there is nothing to save, all is in the file. */
import { h } from '../../element/dom.js';

export const offlineControl = async () => h('div', { class: 'offline' });
