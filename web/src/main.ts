import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { api } from './lib/api';
import { app } from './lib/state.svelte';

// The case can be asked for once it is known who reads. That is known at once as a rule (index.html asks it before this
// script is there), and then the page is drawn while the server is at work; a slow server is not waited for.
const session = api.session();
void app.start(session);
await Promise.race([session, new Promise((done) => setTimeout(done, 50))]);

const page = document.getElementById('page');
if (page) mount(App, { target: page });
