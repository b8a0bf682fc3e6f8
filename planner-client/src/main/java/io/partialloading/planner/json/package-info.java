/**
 * Reads messages of the contract from JSON as people and programs write it: proto3 JSON, and more
 * where what is meant is clear; beginning with {@link io.partialloading.planner.json.JsonMessages}.
 */
@NullMarked
package io.partialloading.planner.json;

import org.jspecify.annotations.NullMarked;
