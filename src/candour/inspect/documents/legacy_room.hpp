#pragma once
// The room for OLE2 files: old workbooks, encrypted packages, embedded objects.

#include <candour/formats/byte_source.hpp>
#include <candour/inspect/inspection.hpp>

namespace candour::inspect {

[[nodiscard]] bool is_legacy(const formats::ByteSource& source);
/// Inspects an OLE2 file; gives "XLS", "DOC" or "OLE2". Always leaves a gap: these formats cannot be looked through to the end.
[[nodiscard]] std::string inspect_legacy(const formats::ByteSource& source, Inspection& inspection);

}  // namespace candour::inspect
