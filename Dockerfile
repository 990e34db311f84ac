# Two images from one file: `operator`, the product and the default, and `simulator`, an Okta organisation to test against.
# What changes seldom comes first: after a change of the code alone only the last layer is made anew.

FROM debian:bookworm-slim AS python
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates python3 \
 && rm -rf /var/cache/apt/* /var/cache/debconf/* /var/lib/apt/lists/* /var/log/*

# pip comes and goes within one layer. Both secrets are optional: the pip configuration of a machine that reaches packages
# through an index or a proxy of its own, and the authorities that sign its certificate. Neither stays in the image.
# nkeys is Python alone, and its authors publish no wheel.
FROM python AS runtime
COPY locks/image.txt /opt/requirements.txt
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf \
    --mount=type=secret,id=ca.crt,target=/run/secrets/ca.crt \
    apt-get update \
 && apt-get install --yes --no-install-recommends python3-pip \
 && python3 -m venv --without-pip /opt/venv \
 && python3 -m pip --python /opt/venv/bin/python3 install --no-cache-dir --require-hashes \
    --only-binary=:all: --no-binary=nkeys \
    --requirement /opt/requirements.txt \
 && apt-get purge --yes --auto-remove python3-pip \
 && rm -rf /var/cache/apt/* /var/cache/debconf/* /var/lib/apt/lists/* /var/log/*
ENV PATH=/opt/venv/bin:/usr/bin:/bin PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# A number, so that Kubernetes can hold it against `runAsNonRoot`.
USER 65532:65532
WORKDIR /app

# Compiled here, since a container's own file system is read-only.
FROM python AS code
COPY operator /app
RUN python3 -m compileall -q --invalidation-mode unchecked-hash /app

FROM runtime AS simulator
COPY --from=code /app/okta_simulator /app/okta_simulator
ENTRYPOINT ["python3", "-m", "okta_simulator"]

FROM runtime AS operator
COPY --from=code /app/okta_hooks /app/okta_hooks
ENTRYPOINT ["python3", "-m", "okta_hooks"]
