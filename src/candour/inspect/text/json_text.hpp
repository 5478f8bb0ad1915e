#pragma once
// The room for JSON: every name and text as a program reads it, escapes undone.

#include <candour/formats/byte_source.hpp>
#include <candour/inspect/inspection.hpp>

namespace candour::inspect {

/// Tells whether the bytes are one JSON document, an object or a list, from the first to the last. Above 64 MiB it is not tried: such a file is read as text.
[[nodiscard]] bool is_json(const formats::ByteSource& source);

/// Inspects JSON; gives "JSON". A place is the way to the value: "/questions/0/title".
[[nodiscard]] std::string inspect_json(const formats::ByteSource& source, Inspection& inspection);

}  // namespace candour::inspect
