"""Pass bytes between two ports of loopback, each way later by half a round trip: a server far away."""

import asyncio
import sys


async def pass_on(reader, writer, seconds):
    """Write what is read, each piece so many seconds after it came."""
    loop, pieces = asyncio.get_running_loop(), asyncio.Queue()

    async def read():
        while piece := await reader.read(65536):
            pieces.put_nowait((loop.time() + seconds, piece))
        pieces.put_nowait((loop.time() + seconds, b""))

    reading = asyncio.create_task(read())
    try:
        while True:
            due, piece = await pieces.get()
            await asyncio.sleep(due - loop.time())
            if not piece:
                break
            writer.write(piece)
            await writer.drain()
    except ConnectionError:
        reading.cancel()
    finally:
        writer.close()


async def main(port, to, seconds):
    """Listen on a port, and carry each connection to another."""

    async def connect(reader, writer):
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", to)
        await asyncio.gather(pass_on(reader, far_writer, seconds / 2), pass_on(far_reader, writer, seconds / 2))

    async with await asyncio.start_server(connect, "127.0.0.1", port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
