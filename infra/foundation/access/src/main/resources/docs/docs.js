// Shows the document of the service that serves this page. No validator, no request to another machine; a credential
// that is typed here is forgotten with the page.
SwaggerUIBundle({
  url: 'openapi.yaml',
  dom_id: '#operations',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  docExpansion: 'list'
});
