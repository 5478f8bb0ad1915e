#pragma once
// The room for pictures: JPEG and PNG.

#include <candour/inspect/inspection.hpp>

#include <string_view>

namespace candour::inspect {

/// Tells JPEG and PNG, and also picture forms that cannot be looked into (GIF, BMP, TIFF, WMF, EMF, WebP), by their first bytes.
[[nodiscard]] bool is_picture(std::string_view bytes);

/// Writes down metadata, comments, location and data after the end marker; a gap for forms that cannot be looked into.
void inspect_picture(std::string_view bytes, const InspectionPlace& place, Inspection& inspection);

}  // namespace candour::inspect
