/** How the names of files end that are taken as evidence. What a file really is, is found out from its content. */
export const accepted = ['.pdf', '.png', '.jpg', '.jpeg', '.docx', '.xlsx', '.pptx', '.txt', '.csv'];
