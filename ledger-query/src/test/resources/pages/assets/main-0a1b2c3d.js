document.title = "✓";
