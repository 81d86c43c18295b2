/**
 * Entry of the dashboard.
 * @module
 */
import { render } from 'preact';
import { App } from './app.tsx';
import { preload } from './frame/loaded-page.tsx';
import { pageAt } from './frame/pages.ts';
import './style.css';
import './style-parts.css';

// Before the frame is drawn, not after.
const first = pageAt(location.pathname);
if (first !== null) preload(first.entry);
const root = document.getElementById('app');
if (root) render(<App />, root);
