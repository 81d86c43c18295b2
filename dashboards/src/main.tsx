/**
 * Entry of the dashboard.
 * @module
 */
import { render } from 'preact';
import { App } from './app.tsx';
import './style.css';
import './style-parts.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
