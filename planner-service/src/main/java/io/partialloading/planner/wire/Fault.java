// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

/**
 * Something wrong with a request.
 *
 * @param field path of the field as the caller wrote it, such as {@code
 *     block_library.models[3].block_ids[0]}
 * @param description what is wrong with it, with the offending value
 */
public record Fault(String field, String description) {}
