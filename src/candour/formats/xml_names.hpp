#pragma once
// The namespaces of office documents and the prefixes that we call them by.

#include <string_view>

namespace candour::formats {

/// Gives the prefix that we use for a namespace, or an empty text for one that we do not know. Transitional and strict forms share a prefix.
[[nodiscard]] std::string_view canonical_prefix(std::string_view namespace_uri);

}  // namespace candour::formats
