#pragma once
// The two engines behind open_database; for this folder only.

#include <candour/casework/store/database.hpp>

namespace candour::casework::store {

[[nodiscard]] base::Result<std::unique_ptr<Database>> open_sqlite(const std::string& path);
/// An empty URL leaves everything to the PG* variables of the environment.
[[nodiscard]] base::Result<std::unique_ptr<Database>> open_postgresql(const std::string& url);

[[nodiscard]] base::Error already_there(const std::string& name);
[[nodiscard]] base::Error busy(const std::string& name);
[[nodiscard]] base::Error lost(const std::string& name);
/// `what` says which fault the engine saw by its own code, never by its words: these can repeat a value.
[[nodiscard]] base::Error statement_fault(const std::string& name, const std::string& what);

}  // namespace candour::casework::store
