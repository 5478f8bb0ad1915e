#pragma once
// What replace_folders_whole (files.hpp) may leave behind when the program is killed.

#include <filesystem>

namespace candour::base {

/// Where a disk cannot exchange two folders in one step, a kill between two renames leaves the old folder beside its place, whole: puts it back.
/// Nothing happens where the folder is there.
void put_back_replaced(const std::filesystem::path& folder);

}  // namespace candour::base
