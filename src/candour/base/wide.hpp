#pragma once
// A signed integer of 128 bits, for sums that are checked before they are narrowed.

namespace candour::base {

__extension__ typedef __int128 Wide;

}  // namespace candour::base
