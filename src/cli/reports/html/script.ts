/** Copies a command by its button; without it the page has no buttons and is whole all the same. */
export const SCRIPT = `"use strict";
for(const button of document.querySelectorAll(".copy")){button.hidden=false}
document.addEventListener("click",async({target})=>{
if(!(target instanceof HTMLElement)||!target.matches(".copy"))return;
const command=target.parentElement.querySelector("code");
try{await navigator.clipboard.writeText(command.textContent)}
catch{getSelection().selectAllChildren(command);document.execCommand("copy")}
target.textContent="Copied";
setTimeout(()=>{target.textContent="Copy"},2000);
});
`;
