// SPDX-License-Identifier: Apache-2.0
package io.partialloading.planner.wire;

import java.util.Map;

/**
 * The waiting users as read.
 *
 * @param ids id by user
 * @param models place in the library of the model that each user wants
 * @param uploadBytes upload size by user, at least 0; 0 where it is a fault, too
 * @param byId finds users by id
 */
record Users(String[] ids, int[] models, long[] uploadBytes, Map<String, Integer> byId) {}
