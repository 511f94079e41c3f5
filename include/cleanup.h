/*
 * Scope-exit cleanup: the one compiler extension of this code base.
 *
 * DEFINE_CLEANUP(type, function) names the clean-up of a pointer type once; cleanup(function) on a
 * local then runs it when the scope ends. On hand-over set the local to NULL.
 */
#ifndef DIEMCAU_CLEANUP_H
#define DIEMCAU_CLEANUP_H

#define DEFINE_CLEANUP(type, function)                                                             \
	static inline void function##_scope(type *held)                                            \
	{                                                                                          \
		if (*held) {                                                                       \
			function(*held);                                                           \
		}                                                                                  \
	}

#define cleanup(function) __attribute__((cleanup(function##_scope)))

#endif
