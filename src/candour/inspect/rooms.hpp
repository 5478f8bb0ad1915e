#pragma once
// One room per family of formats; the first that recognises the bytes takes the file.

#include <candour/formats/byte_source.hpp>
#include <candour/inspect/inspection.hpp>

#include <span>
#include <string>

namespace candour::inspect {

/// A detector room: tells its own files by their bytes, and inspects them.
struct Room {
  bool (*recognises)(const formats::ByteSource& source);
  std::string (*inspect)(const formats::ByteSource& source, Inspection& inspection);  ///< gives the format's name
};

/// Gives the rooms in the order in which they are asked.
[[nodiscard]] std::span<const Room> rooms();

}  // namespace candour::inspect
