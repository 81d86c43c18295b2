/**
 * Entry of the page.
 * @module
 */
import { render } from 'preact';
import { Overview } from './overview.tsx';
import './style.css';

const root = document.getElementById('app');
if (root) render(<Overview />, root);
