"""Many connections that never say who they are: crowd.py PORT COUNT, over plain HTTP on loopback.

A third says nothing, a third begins a request and never ends it, a third becomes a websocket and
never says hello. Whoever is shown out comes again, until standard input is closed; a thousand come
in a second. Of low priority, as a nuisance is: what is measured beside it is the coordinator.
"""
import os
import resource
import selectors
import socket
import sys
import time

PORT, COUNT = int(sys.argv[1]), int(sys.argv[2])
PER_SECOND = 1000
AT_ONCE = 50  # more would only fill the queue of the listening socket
HALF = f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nX-Slow: ".encode()
WHOLE = (f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nConnection: Upgrade\r\n"
         "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: diemcau.v1\r\n"
         "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n").encode()


class Crowd:
    def __init__(self):
        self.watched, self.made = selectors.DefaultSelector(), 0
        self.watched.register(sys.stdin, selectors.EVENT_READ)

    def come(self):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(("127.0.0.1", PORT))
        self.watched.register(one, selectors.EVENT_WRITE)
        self.made += 1

    def speak(self, one):
        try:
            one.send((b"", HALF, WHOLE)[self.made % 3] or b"G")
            self.watched.modify(one, selectors.EVENT_READ)
        except OSError:
            self.go(one)

    def listen(self, one):
        try:
            if not one.recv(4096):
                self.go(one)
        except OSError:
            self.go(one)

    def go(self, one):
        self.watched.unregister(one)
        one.close()

    def run(self):
        begun = time.monotonic()
        while True:
            due = int((time.monotonic() - begun) * PER_SECOND) - self.made
            for _ in range(min(due, AT_ONCE, COUNT + 1 - len(self.watched.get_map()))):
                self.come()
            for key, events in self.watched.select(0.05):
                if key.fileobj is sys.stdin:
                    return
                if events & selectors.EVENT_WRITE:
                    self.speak(key.fileobj)
                else:
                    self.listen(key.fileobj)


os.nice(10)
resource.setrlimit(resource.RLIMIT_NOFILE, (COUNT + 100, max(
    COUNT + 100, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
crowd = Crowd()
crowd.run()
print(crowd.made)
