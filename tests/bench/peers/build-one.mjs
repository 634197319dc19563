/** `node build-one.mjs PEER ARTICLES FOLDER`: one library, in a process that does nothing else and can be weighed. */
import { readArticles } from './articles.mjs';
import { PEERS } from './peers.mjs';

const [id, articles, folder] = process.argv.slice(2);
const peer = PEERS.find((candidate) => candidate.id === id);
if (!peer?.build) throw new Error(`there is no peer '${id}' that is built in Node`);
await peer.build(readArticles(articles), folder);
