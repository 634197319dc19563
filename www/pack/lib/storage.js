/** Stands in for www/lib/storage.js in a packed page: there is nothing to save, all is in the file. */
import { TimdocError } from '../../lib/errors.js';

const nothing = () => Promise.reject(new TimdocError('unsupported', 'a file that holds its library has nothing to save'));

export { nothing as ask, nothing as discard, nothing as noteOf, nothing as remove, nothing as save, nothing as status };
