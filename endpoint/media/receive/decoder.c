#include "endpoint/media/receive/decoder.h"

const char ep_decoder_picture_caps[] =
	"application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96";
const char ep_decoder_voice_caps[] =
	"application/x-rtp,media=audio,clock-rate=48000,encoding-name=OPUS,payload=97";

/* EP_DECODER_WIDTH_MAX and EP_DECODER_HEIGHT_MAX limit its size. */
const char ep_decoder_picture[] =
	"rtph264depay name=depay request-keyframe=true wait-for-keyframe=true ! h264parse ! "
	"video/x-h264,width=[1,1920],height=[1,1088] ! "
	"avdec_h264 max-threads=1 output-corrupt=false ! videoconvert ! "
	"capsfilter caps=video/x-raw,format=I420";

const char ep_decoder_voice[] =
	"rtpopusdepay ! opusdec plc=true use-inband-fec=true ! audioconvert ! "
	"capsfilter caps=audio/x-raw,format=S16LE,rate=48000,channels=2,layout=interleaved";
