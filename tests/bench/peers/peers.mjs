/** All that are measured in the browser, timdoc first. */
import { flexsearch, flexsearchContextual } from './engines/flexsearch.mjs';
import { lunr } from './engines/lunr.mjs';
import { minisearch } from './engines/minisearch.mjs';
import { pagefind } from './engines/pagefind.mjs';
import { sqlite } from './engines/sqlite.mjs';
import { timdoc } from './engines/timdoc.mjs';
import { zbsearch, zbsearchFolded } from './engines/zbsearch.mjs';

/** @type {import('./engines/peer.d.ts').Peer[]} */
export const PEERS = [timdoc, pagefind, minisearch, flexsearch, flexsearchContextual, zbsearch, zbsearchFolded, lunr, sqlite];
