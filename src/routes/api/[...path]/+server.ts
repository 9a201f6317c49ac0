export { nothing as GET, nothing as fallback } from '#lib/server/api/answer.ts';
