"""Encode the clips that simulated sites send, and write them as C arrays.

    make_clip.py OUTPUT.c

Pictures are H.264 access units (Annex B, no B-frames, one slice, a keyframe first and nowhere
else, so that the clip may be begun anew at any frame), sound is Opus packets of 20 ms with one
frame each, thumbnails are JPEG of drawn halls. All else comes from test sources of GStreamer; the
encoders run single-threaded, and an access unit carries no SEI but the one the simulator puts in.
"""
import pathlib
import subprocess
import sys
import tempfile

from hall import HEIGHT, WIDTH, hall

VIDEO = ("videotestsrc pattern={pattern} num-buffers={frames} ! "
         "video/x-raw,format=I420,width={width},height={height},framerate={rate}/1 ! "
         "x264enc tune=zerolatency speed-preset=veryfast bitrate={kbit} bframes=0 threads=1 "
         "sliced-threads=false key-int-max={frames} vbv-buf-capacity=300 option-string=scenecut=0 ! "
         "video/x-h264,stream-format=byte-stream,alignment=au,profile=constrained-baseline ! "
         "multifilesink location={folder}/%05d")
SOUND = ("audiotestsrc wave=sine freq=440 volume=0.1 num-buffers={frames} samplesperbuffer=960 ! "
         "audio/x-raw,rate=48000,channels=1 ! opusenc bitrate=24000 frame-size=20 ! "
         "multifilesink location={folder}/%05d")
PICTURE = ("filesrc location={raw} ! rawvideoparse format=rgb width={width} height={height} ! "
           "videoconvert ! jpegenc quality=55 ! multifilesink location={folder}/%05d")
NAL_DROPPED = (6, 9)  # SEI of the encoder, access unit delimiter
THUMBNAILS = 13


def run(pipeline, **values):
    with tempfile.TemporaryDirectory() as folder:
        text = pipeline.format(folder=folder, **values)
        subprocess.run(["gst-launch-1.0", "-q", *text.split()], check=True)
        return [file.read_bytes() for file in sorted(pathlib.Path(folder).iterdir())]


def thumbnail(number):
    with tempfile.NamedTemporaryFile() as raw:
        raw.write(hall(number))
        raw.flush()
        return run(PICTURE, raw=raw.name, width=WIDTH, height=HEIGHT)[0]


def nals_of(unit):
    """NAL units of an Annex B access unit."""
    parts = unit.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1")
    return [part.rstrip(b"\0") for part in parts if part]


def h264_packetize(unit):
    """Each NAL unit with its length before it, two bytes."""
    kept = [nal for nal in nals_of(unit) if nal[0] & 31 not in NAL_DROPPED]
    return b"".join(len(nal).to_bytes(3, "big") + nal for nal in kept)


def pack_sound(packets):
    """Without the two header packets of Ogg that the encoder may put first."""
    return [packet for packet in packets if not packet.startswith(b"Opus")]


def c_array(name, blobs):
    data = b"".join(blobs)
    lines = [", ".join(str(byte) for byte in data[i:i + 24]) for i in range(0, len(data), 24)]
    ends, end = [], 0
    for blob in blobs:
        end += len(blob)
        ends.append(str(end))
    body = ",\n\t".join(lines)
    return (f"static const uint8_t {name}_bytes[] = {{\n\t{body}\n}};\n"
            f"static const uint32_t {name}_ends[] = {{{', '.join(ends)}}};\n"
            f"const struct clip clip_{name} = {{{name}_bytes, {name}_ends, {len(blobs)}}};\n")


def main(output):
    camera = run(VIDEO, pattern="smpte horizontal-speed=2", frames=90, width=320, height=180, rate=15, kbit=150)
    preview = run(VIDEO, pattern="smpte horizontal-speed=2", frames=50, width=160, height=90, rate=5, kbit=30)
    content = run(VIDEO, pattern="pinwheel", frames=90, width=320, height=180, rate=15, kbit=150)
    sound = run(SOUND, frames=250)
    thumbnails = [thumbnail(number) for number in range(THUMBNAILS)]
    parts = ["/* Written by make_clip.py at build time: do not edit. */\n"
             '#include "endpoint/fleet/clip.h"\n',
             c_array("camera", map_list(h264_packetize, camera)),
             c_array("preview", map_list(h264_packetize, preview)),
             c_array("content", map_list(h264_packetize, content)),
             c_array("voice", pack_sound(sound)),
             c_array("thumbnails", thumbnails)]
    pathlib.Path(output).write_text("\n".join(parts))


def map_list(function, items):
    return [function(item) for item in items]


if __name__ == "__main__":
    main(sys.argv[1])
