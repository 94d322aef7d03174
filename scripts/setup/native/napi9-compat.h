// Included ahead of better-sqlite3's C++ source so that it builds for Node-API 9 instead of 10.
//
// Of version 10 that source needs one thing: references to any value ("In Node-API version 10 and later you can
// create a reference for all value types"), which it makes to strings. Version 9 references objects, functions and
// symbols only. So a primitive is referenced through a one-element array, and the handle of such a reference carries
// a mark in its lowest bit, which alignment leaves free: the handle is opaque to everyone else.
#pragma once
#if defined(__cplusplus)

#include <cstdint>
#include <node_api.h>

#if NAPI_VERSION < 10
namespace fieldreel_napi9 {

constexpr std::uintptr_t kThroughArray = 1;

inline bool through_array(napi_ref ref) { return (reinterpret_cast<std::uintptr_t>(ref) & kThroughArray) != 0; }

inline napi_ref with_mark(napi_ref ref) {
  return reinterpret_cast<napi_ref>(reinterpret_cast<std::uintptr_t>(ref) | kThroughArray);
}

inline napi_ref without_mark(napi_ref ref) {
  return reinterpret_cast<napi_ref>(reinterpret_cast<std::uintptr_t>(ref) & ~kThroughArray);
}

inline bool can_be_referenced(napi_valuetype type) {
  return type == napi_object || type == napi_function || type == napi_external || type == napi_symbol;
}

inline napi_status create_reference(napi_env env, napi_value value, std::uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (can_be_referenced(type)) return napi_create_reference(env, value, count, result);

  napi_value array;
  status = napi_create_array_with_length(env, 1, &array);
  if (status == napi_ok) status = napi_set_element(env, array, 0, value);
  // Nothing but this reference holds the array: it has to be a strong one.
  napi_ref ref = nullptr;
  if (status == napi_ok) status = napi_create_reference(env, array, count == 0 ? 1 : count, &ref);
  if (status == napi_ok) *result = with_mark(ref);
  return status;
}

inline napi_status delete_reference(napi_env env, napi_ref ref) {
  return napi_delete_reference(env, without_mark(ref));
}

inline napi_status reference_ref(napi_env env, napi_ref ref, std::uint32_t* count) {
  return napi_reference_ref(env, without_mark(ref), count);
}

inline napi_status reference_unref(napi_env env, napi_ref ref, std::uint32_t* count) {
  return napi_reference_unref(env, without_mark(ref), count);
}

inline napi_status get_reference_value(napi_env env, napi_ref ref, napi_value* result) {
  napi_value found;
  napi_status status = napi_get_reference_value(env, without_mark(ref), &found);
  if (status != napi_ok) return status;
  if (through_array(ref)) return napi_get_element(env, found, 0, result);
  *result = found;
  return napi_ok;
}

}  // namespace fieldreel_napi9

#define napi_create_reference fieldreel_napi9::create_reference
#define napi_delete_reference fieldreel_napi9::delete_reference
#define napi_reference_ref fieldreel_napi9::reference_ref
#define napi_reference_unref fieldreel_napi9::reference_unref
#define napi_get_reference_value fieldreel_napi9::get_reference_value
#endif
#endif
