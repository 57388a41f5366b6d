"""The routes, one module a subject; `api.app.ROUTERS` lists them."""
