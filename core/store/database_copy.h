// A whole database as a second file, while its one writer goes on (SQLite's backup API over a connection that only reads):
// before a migration, and for a backup. Knows no table.
#pragma once

#include <string>

#include "core/result.h"

namespace qabyl::core {

// Everything that was committed, page by page, as one snapshot, in a new file at `to`, flushed with its folder.
// conflict: there is a file. not_found, corrupt, full, storage; after an error nothing is left at `to`.
Status copy_database(const std::string& from, const std::string& to);

// The copy is a whole database with the same rows in the same tables, counted and hashed. corrupt: it is not.
Status same_rows(const std::string& one, const std::string& other);

}  // namespace qabyl::core
