/** Stands in for www/lib/integrity.js in a packed page, whose library is in the file itself and is not fetched. */
import { TimdocError } from '../../lib/errors.js';

/** @type {typeof import('../../lib/integrity.js').guard} */
export const guard = () => Promise.reject(new TimdocError('unchecked', 'a file that holds its library has no signature'));
