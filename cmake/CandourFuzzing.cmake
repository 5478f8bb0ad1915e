# Lets Debian 12's clang compile in C++20 what has a vector of its own type (qpdf's JSON, our settings).
#
# Clang 14 looks into the constexpr functions of this standard library's vector before such a type is complete. The fuzzers are therefore built with
# copies of two of its headers in which vector is not constexpr, put before the originals. Nothing that is fuzzed needs a vector at compile time.
foreach(name IN ITEMS stl_vector.h vector.tcc)
  file(READ "/usr/include/c++/12/bits/${name}" text)
  string(FIND "${text}" "  // vector<bool>\n" special)  # that specialisation stays as its declaration has it
  if(name STREQUAL "stl_vector.h" OR special EQUAL -1)
    string(LENGTH "${text}" special)
  endif()
  string(SUBSTRING "${text}" 0 ${special} plain)
  string(SUBSTRING "${text}" ${special} -1 rest)
  string(REPLACE "_GLIBCXX20_CONSTEXPR" "" plain "${plain}")
  file(WRITE "${CMAKE_BINARY_DIR}/headers/bits/${name}" "${plain}${rest}")
endforeach()
include_directories(BEFORE SYSTEM "${CMAKE_BINARY_DIR}/headers")
