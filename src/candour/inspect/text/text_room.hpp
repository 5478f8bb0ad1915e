#pragma once
// The room for text: CSV, and any other text.

#include <candour/formats/byte_source.hpp>
#include <candour/inspect/inspection.hpp>

namespace candour::inspect {

/// Tells whether the beginning of the bytes is text in an encoding that extends ASCII. An empty file is text.
[[nodiscard]] bool is_text(const formats::ByteSource& source);

/// Inspects text; gives "CSV", "HTML" or "TEXT".
[[nodiscard]] std::string inspect_text(const formats::ByteSource& source, Inspection& inspection);

}  // namespace candour::inspect
