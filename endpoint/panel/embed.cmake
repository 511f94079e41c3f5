# cmake -DOUT=FILE -DIN="a;b" -P embed.cmake: C arrays page_NAME of the files' bytes, with their sizes.
set(text "#include \"endpoint/panel/embedded.h\"\n")
foreach(file ${IN})
	get_filename_component(name ${file} NAME)
	string(REPLACE "." "_" name ${name})
	file(READ ${file} hex HEX)
	string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
	string(APPEND text "const unsigned char page_${name}[] = {${bytes}};\n"
		"const size_t page_${name}_size = sizeof(page_${name});\n")
endforeach()
file(WRITE ${OUT} "${text}")
