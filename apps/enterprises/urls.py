from django.urls import path

from apps.enterprises.views import counts, designations, firms, products

app_name = "enterprises"
urlpatterns = [
    path("", firms.firm_list, name="list"),
    path("export/<str:extension>/", firms.firm_export, name="export"),
    path("add/", firms.firm_add, name="add"),
    path("<int:pk>/", firms.firm_detail, name="detail"),
    path("<int:pk>/edit/", firms.firm_edit, name="edit"),
    path("<int:pk>/close/", firms.firm_close, name="close"),
    path("<int:pk>/designations/add/", designations.designation_add, name="designation_add"),
    path("designations/<int:pk>/end/", designations.designation_end, name="designation_end"),
    path(
        "designations/<int:pk>/convert/",
        designations.designation_convert,
        name="designation_convert",
    ),
    path("products/", products.catalogue, name="products"),
    path("<int:pk>/products/add/", products.product_add, name="product_add"),
    path("products/<int:pk>/edit/", products.product_edit, name="product_edit"),
    path("products/<int:pk>/delete/", products.product_delete, name="product_delete"),
    path("counts/", counts.count_page, name="counts"),
]
