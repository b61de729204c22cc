// Takes the part of the address behind # along to the page that a former address leads to.
if (location.hash) location.replace(document.currentScript.dataset.to + location.hash);
