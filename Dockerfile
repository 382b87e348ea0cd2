# The lab as an image: `docker build -t mnist-lab . && docker run --rm -p 8501:8501 mnist-lab`.
# docs/operations.md says more.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements-core.txt requirements-lab.txt ./
RUN pip install --no-cache-dir -r requirements-core.txt -r requirements-lab.txt

COPY app.py ./
COPY .streamlit .streamlit
COPY mnist_core mnist_core
COPY pages pages

RUN useradd --create-home --uid 1000 lab && install -d -o lab /shared
USER lab

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import os, urllib.request as web; path = os.environ.get('STREAMLIT_SERVER_BASE_URL_PATH', ''); web.urlopen('http://127.0.0.1:8501' + ('/' + path if path else '') + '/_stcore/health')"]
CMD ["streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.headless", "true"]
