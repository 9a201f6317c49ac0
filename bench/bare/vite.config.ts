import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/** The page everything is measured against: SvelteKit with nothing on it. */
export default defineConfig({ plugins: [sveltekit({ adapter: adapter() })] });
