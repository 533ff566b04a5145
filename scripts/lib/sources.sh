# SPDX-License-Identifier: MIT
# Our C++ sources, one path a line; to be sourced from the repository's root.
# shellcheck shell=bash disable=SC2034

product_folders=(app engine messages actors http)
source_folders=("${product_folders[@]}" tests fuzz bench)

# sources FOLDER...: every header and source file below the folders, sorted.
sources() {
  find "$@" -type f \( -name '*.hpp' -o -name '*.cpp' \) | LC_ALL=C sort
}
