"""The yardsticks' addresses and views."""

import secrets

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from intake.choices import Category
from tests.benchmarks.plain_intake.models import PlainReport

TARGETS = [("", "说不清"), *((f"t{n}", f"岚台市第{n}镇") for n in range(16))]


class PlainForm(forms.ModelForm):  # type: ignore[type-arg]
    """Fifteen fields, as ours has them."""

    target = forms.ChoiceField(choices=TARGETS, required=False)
    category = forms.ChoiceField(choices=[("", "—"), *Category.choices], required=False)
    identity = forms.ChoiceField(
        choices=[("anonymous", "不留姓名"), ("named", "留姓名和电话")], widget=forms.RadioSelect
    )
    agree_privacy = forms.BooleanField()
    attachments = forms.FileField(required=False)
    website = forms.CharField(required=False)

    class Meta:
        model = PlainReport
        exclude = ["code", "received_at"]  # noqa: DJ006


def constant(request: HttpRequest) -> HttpResponse:
    """The least that Django can do."""
    return HttpResponse("ok")


def report(request: HttpRequest) -> HttpResponse:
    """Validates, stores the plaintext, answers with a code."""
    form = PlainForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        row.code = secrets.token_hex(16)
        row.save()
        return render(request, "plain_receipt.html", {"code": row.code})
    status = 422 if request.method == "POST" else 200
    return render(request, "plain_form.html", {"form": form}, status=status)


urlpatterns = [path("constant/", constant), path("report/", report)]
