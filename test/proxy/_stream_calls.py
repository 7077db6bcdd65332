"""Calls a streaming endpoint eleven times with the standard library alone, and prints what it saw of each."""

import http.client
import json
import sys

port, body = int(sys.argv[1]), sys.argv[2].encode()

for _ in range(11):
    status, received, error = 0, b"", ""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        headers = {"Content-Type": "application/json", "Authorization": "Bearer sk-secret-of-python"}
        connection.request("POST", "/v1/chat/completions", body, headers)
        response = connection.getresponse()
        status = response.status
        while True:
            # Not readline: in a chunked body it takes a cut for the end (http.client, _peek_chunked).
            piece = response.read1(65536)
            if not piece:
                break
            received += piece
    except Exception as raised:
        error = type(raised).__name__
    connection.close()
    print(json.dumps({"status": status, "body": received.decode(), "error": error}))
